export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A scrape of `/metrics`. */
export class Samples {
  constructor(private readonly all: readonly Sample[]) {}

  of(name: string, labels: Readonly<Record<string, string>> = {}): readonly Sample[] {
    return this.all.filter((it) => it.name === name && Object.entries(labels).every(([label, value]) => it.labels[label] === value));
  }

  /** Of one series, or of all that have these labels together; null where there is none. */
  sum(name: string, labels: Readonly<Record<string, string>> = {}): number | null {
    const found = this.of(name, labels);
    return found.length === 0 ? null : found.reduce((sum, { value }) => sum + value, 0);
  }
}

/** The part of OpenMetrics that our services write: a line each, with an exemplar after `#` that is not needed here. */
export function parseSamples(text: string): Samples {
  const samples = text.split('\n').flatMap((line): readonly Sample[] => {
    const [, name, labels = '', value] = /^([a-zA-Z_:][\w:]*)(?:\{((?:[^"}]|"(?:[^"\\]|\\.)*")*)\})? (\S+)/.exec(line) ?? [];
    return name === undefined ? [] : [{ name, labels: labelsIn(labels), value: Number(value) }];
  });
  return new Samples(samples.filter(({ value }) => !Number.isNaN(value)));
}

function labelsIn(text: string): Readonly<Record<string, string>> {
  const pairs = [...text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)];
  return Object.fromEntries(
    pairs.map(([, name = '', value = '']) => [name, value.replace(/\\(.)/g, (_, it: string) => (it === 'n' ? '\n' : it))]),
  );
}
