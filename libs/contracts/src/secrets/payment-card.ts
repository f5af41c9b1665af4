/**
 * Runs of 13 to 19 digits, in one piece or in groups as they are printed on cards; never a part of a longer number or word, but
 * right behind a line end as JSON inside a text has it.
 */
export const PAYMENT_CARD =
  /(?:(?<=\\[bfnrt])|(?<![A-Za-z\d]|\d[.-]))\d{4}(?:\d{9,15}|([ -])(?:\d{4}\1\d{4}\1\d{4}(?:\1\d{3})?|\d{6}\1\d{4,5}))(?![A-Za-z\d]|[.-]\d)/g;
export const SHORTEST_CARD_DIGITS = 13;

/** Brands by prefix and length (ISO/IEC 7812): without them each tenth number of an order would count as a card. */
const BRANDS = [
  /^4(?:\d{12}|\d{15}|\d{18})$/, // Visa
  /^(?:5[1-5]\d{2}|222[1-9]|22[3-9]\d|2[3-6]\d{2}|27[01]\d|2720)\d{12}$/, // Mastercard
  /^3[47]\d{13}$/, // American Express
  /^3(?:0[0-5]|[689]\d)\d{11}$/, // Diners Club
  /^(?:6011|64[4-9]\d|65\d{2})\d{12}$/, // Discover
  /^35(?:2[89]|[3-8]\d)\d{12}$/, // JCB
  /^62\d{14,17}$/, // UnionPay
  /^(?:5018|5020|5038|5893|6304|6759|676[1-3])\d{9,15}$/, // Maestro
];

export function isPaymentCard(text: string): boolean {
  const digits = text.replaceAll(/[ -]/g, '');
  return BRANDS.some((brand) => brand.test(digits)) && passesLuhn(digits);
}

/** The check digit of ISO/IEC 7812-1: from the right, every second digit doubled, all summed up. */
function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, char, at) => {
    const digit = Number(char) * (at % 2 === 0 ? 1 : 2);
    return total + (digit > 9 ? digit - 9 : digit);
  }, 0);
  return sum % 10 === 0;
}
