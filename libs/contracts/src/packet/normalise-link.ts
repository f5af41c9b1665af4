import { isJsonObject, type Json } from '../json.js';
import { asText } from './as-text.js';

const TITLE_CHARACTERS = 200;

/** A link that is only an address has it for its title. */
export function normaliseLink(link: Json, index: number): Json {
  const id = String(index + 1);
  if (typeof link === 'string') return { id, title: shorten(link), url: link };
  if (!isJsonObject(link)) return link;
  const { title, url } = link;
  return { ...link, id: asText(link['id'] ?? '') || id, title: title ?? (typeof url === 'string' ? shorten(url) : '') };
}

/** A cut may go through a surrogate pair, and Postgres keeps no half of one. */
const shorten = (address: string): string => address.slice(0, TITLE_CHARACTERS).toWellFormed();
