export interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** Name and labels, as they are written. */
  readonly key: string;
  /** The trace that it leads to; null where it has none. */
  readonly exemplar: string | null;
}

/** Every series that the service at this address has now. */
export async function series(url: string): Promise<readonly Series[]> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(readLine);
}

function readLine(line: string): Series {
  const [told = '', exemplar = ''] = line.split(' # ');
  const [, name = '', labels = '', value = ''] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(told) ?? [];
  const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label = '', value = '']) => [label, value] as const);
  const key = `${name}{${labels}}`;
  return { name, labels: Object.fromEntries(pairs), value: Number(value), key, exemplar: /trace_id="(\w+)"/.exec(exemplar)?.[1] ?? null };
}
