export type ReadLink = { readonly kind: 'web'; readonly href: string; readonly host: string } | { readonly kind: 'text' };

/** Only http and https can be followed. `host` is where a browser would really go: after any user name, in ASCII. */
export function readLink(url: string): ReadLink {
  if (!/^https?:\/\//i.test(url)) return { kind: 'text' };
  try {
    const { protocol, host, href } = new URL(url);
    return (protocol === 'https:' || protocol === 'http:') && host !== '' ? { kind: 'web', href, host } : { kind: 'text' };
  } catch {
    return { kind: 'text' };
  }
}
