/** Prints a sign-in link for one person: `node deploy/local/dist/bin/sign-in-link.js ana`, with DESK_URL and SESSION_SECRET set. */
import { hours } from '@handoff/contracts';
import { signInLink } from '../sign-in-link.js';

const { DESK_URL: deskUrl, SESSION_SECRET: sessionSecret } = process.env;
const [, , person] = process.argv;
if (!deskUrl || !sessionSecret || !person) {
  process.stderr.write('Name a person, and set DESK_URL and SESSION_SECRET to what the notifier has: sign-in-link.js ana\n');
  process.exitCode = 2;
} else {
  process.stdout.write(`${signInLink({ deskUrl, sessionSecret, person, validFor: hours(12) })}\n`);
}
