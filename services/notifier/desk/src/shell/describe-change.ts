/** What changed between two lists of waiting handoffs, as one sentence; null where nothing came or went. */
export function describeChange(before: readonly string[], now: readonly string[]): string | null {
  const came = now.filter((id) => !before.includes(id)).length;
  const went = before.filter((id) => !now.includes(id)).length;
  if (came === 0 && went === 0) return null;
  const news = [came > 0 && `${came} new ${came === 1 ? 'handoff' : 'handoffs'}`, went > 0 && `${went} no longer waiting`];
  return `${news.filter(Boolean).join(', ')}. ${now.length === 0 ? 'Nothing waits' : `${now.length} ${now.length === 1 ? 'waits' : 'wait'}`} for you.`;
}
