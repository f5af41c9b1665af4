/**
 * What is taken for a secret in a text. The secret is the group of that name, which ends its match, or else the whole match.
 * Patterns run on hostile text of up to 256 KiB, so each is linear: runs are bounded, or begin where no such run was before.
 * What a text must have for any of them to match is looked for first, in `may-hold-secret.ts`.
 */
export interface SecretRule {
  readonly name: string;
  readonly pattern: RegExp;
  /** Of what matches, what is none after all. */
  readonly holds?: (match: string) => boolean;
}

/** Where a word begins: words have letters, digits, `_` and `-`; JSON inside a text has a line end as a backslash and a letter. */
const WORD = String.raw`(?:(?<=\\[bfnrt])|(?<![\w-]))`;

/** Words that begin so and go on so, as their makers publish. */
const TOKENS: readonly (readonly [maker: string, start: string, rest: string])[] = [
  ['JSON Web Token', 'eyJ', String.raw`[\w-]{10,}(?:\.[\w-]*){1,4}`],
  ['this system', 'hk_|whsec_', String.raw`[\w+/=-]{24,}`],
  ['Stripe', '[rs]k_(?:live|test)_', String.raw`\w{10,}`],
  ['OpenAI, Anthropic and others', 'sk-', String.raw`[\w-]{20,}`],
  ['GitHub', 'gh[pousr]_|github_pat_', String.raw`\w{22,}`],
  ['GitLab', 'gl(?:pat|dt|rt|cbt|ptt|oas|soat|agent|ft|imt)-', String.raw`[\w-]{20,}`],
  ['Slack', '(?:xox[abceoprs]|xapp)-', String.raw`[\w-]{10,}`],
  ['Slack webhooks', String.raw`hooks\.slack\.com`, String.raw`\/(?:services|workflows|triggers)\/[\w/-]{20,}`],
  ['AWS', '(?:AKIA|ASIA|ABIA|ACCA)', String.raw`[A-Z\d]{16}(?!\w)`],
  ['Google', String.raw`AIza|ya29\.|GOCSPX-`, String.raw`[\w-]{20,}`],
  ['package registries', 'npm_|pypi-|rubygems_', String.raw`[\w-]{36,}`],
  ['SendGrid', String.raw`SG\.`, String.raw`[\w-]{16,}\.[\w-]{16,}`],
  ['Hugging Face, Databricks', 'hf_|dapi', String.raw`[A-Za-z\d]{30,}`],
  ['Vault, Doppler', String.raw`hv[sb]\.|dp\.(?:pt|st|ct|sa)\.`, String.raw`[\w.-]{24,}`],
  ['DigitalOcean', 'do[opr]_v1_', String.raw`[a-f\d]{64}`],
  ['Shopify, Square', 'shp(?:at|ca|pa|ss)_|sq0[a-z]{3}-', String.raw`[\w-]{22,}`],
  ['Telegram', 'AA', String.raw`[\w-]{33}(?![\w-])`],
  ['age', 'AGE-SECRET-KEY-1', String.raw`[A-Z\d]{58}`],
  [
    'private keys',
    '-----BEGIN',
    String.raw` [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----[^]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)`,
  ],
];
/** The shortest word that any of them begins with. */
export const SHORTEST_WORD = '-----BEGIN'.length;
/** And the longest that some begin with before a dot. */
export const LONGEST_BEFORE_DOT = 'hooks'.length;
export const TOKEN_START = new RegExp(TOKENS.map(([, start]) => start).join('|'), 'y');

/** Nothing else looks like these, so they are refused in ids as well, which cannot be masked. */
export const UNMISTAKABLE: readonly SecretRule[] = [
  ...TOKENS.map(([name, start, rest]) => ({ name, pattern: new RegExp(`${WORD}(?:${start})${rest}`, 'g') })),
  { name: 'password in an address', pattern: /\w:\/\/[^\s/:@"']{0,64}:(?<secret>[^\s/@"']{1,256})(?=@)/g },
];

/** "token" is a secret's name; "max_tokens" and "page_token" are not. */
const NAME = String.raw`(?:pass(?:word|wd|phrase|code)|pwd|secret|(?:api|access|secret|private|signing|encryption|account|master)[_-]?key|(?<!(?:page|next|continuation|cursor|sync)[_-]?)token|authorization|cvv2?|cvc2?|card[_-]?number)`;
const IN_ADDRESS = '[?&](?:x-(?:amz|goog)-)?(?:sig|signature|code)';
export const ENDS_IN_NAME = new RegExp(`(?:${NAME}|${IN_ADDRESS})${String.raw`\\?["']?\s{0,4}$`}`, 'i');
/** The last three characters of each, in lower case. */
export const NAME_ENDS: ReadonlySet<string> = new Set('ord swd ase ode pwd ret key ken ion cvv vv2 cvc vc2 ber sig ure'.split(' '));

const named = (name: string, rest: string): SecretRule => ({ name, pattern: new RegExp(NAME + rest, 'gi') });

/** Known by the name before them. */
export const NAMED: readonly SecretRule[] = [
  { name: 'bearer', pattern: /\bbearer {1,4}(?<secret>[\w.~+/=-]{16,})/gi },
  { name: 'signature in an address', pattern: new RegExp(`${IN_ADDRESS}${String.raw`=(?<secret>[^&\s#"'\\]{8,})`}`, 'gi') },
  named('in double quotes', String.raw`"\s{0,4}[:=]\s{0,4}"(?<secret>(?:[^"\\]|\\.){3,})`),
  named('in single quotes', String.raw`'\s{0,4}[:=]\s{0,4}'(?<secret>(?:[^'\\]|\\.){3,})`),
  named('in quotes inside a text', String.raw`\\"\s{0,4}[:=]\s{0,4}\\"(?<secret>[^"\\]{3,})`),
  named('assigned', String.raw`\s{0,4}=\s{0,4}\\?["']?(?<secret>[^\s"',;&\\}]{4,})`),
  // In running text the word after "password:" is mostly a word; a secret has a digit or a sign in it.
  named('told', String.raw`:\s{0,4}(?:(?:Basic|Token)\s+)?(?<secret>(?=[^\s"',;]{0,64}[\d!#$%&*+=?@^_~])[^\s"',;]{4,})`),
];

const NAMES_SECRET = new RegExp(`${NAME}$`, 'i');
const NAMES_CARD = /^(?:cvv2?|cvc2?|card[_-]?number|card[_-]?pin|pan)$/i;

/** Whether what stands under this key is a secret, whatever it looks like. */
export const namesSecret = (key: string): boolean => NAMES_SECRET.test(key) || NAMES_CARD.test(key);
/** A number is one where the name is a card's: under "reset_password" it counts something. */
export const namesSecretNumber = (key: string): boolean => NAMES_CARD.test(key);
