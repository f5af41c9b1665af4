/** Prints a sign-in link for one person: `node deploy/local/dist/bin/sign-in-link.js ana`, with DESK_URL and SIGN_IN_LINK_SECRET set. */
import { hours } from '@handoff/contracts';
import { signInLink } from '../sign-in-link.js';

const { DESK_URL: deskUrl, SIGN_IN_LINK_SECRET: secret } = process.env;
const [, , person] = process.argv;
if (!deskUrl || !secret || !person) {
  process.stderr.write('Name a person, and set DESK_URL and SIGN_IN_LINK_SECRET to what the notifier has: sign-in-link.js ana\n');
  process.exitCode = 2;
} else {
  process.stdout.write(`${signInLink({ deskUrl, secret, person, validFor: hours(12) })}\n`);
}
