import { Matches } from 'class-validator';

/** Ids are short, as a routing names them, and stays near 1 KiB. */
export const IsId = (): PropertyDecorator =>
  Matches(/^[\w][\w.-]{0,39}$/, { message: '$property must be 1 to 40 letters, digits, "_", "." or "-"' });
