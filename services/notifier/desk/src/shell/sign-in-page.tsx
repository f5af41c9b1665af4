import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { PlainPage } from './plain-page.js';
import { readNotLetIn, signInAddress } from './read-route.js';
import { useHash } from './use-route.js';

const WHY_NOT = {
  failed: 'The sign-in was not finished, or took too long. Nothing was changed; begin it again.',
  unknown: 'You were recognised, but the desk’s directory does not know you. Ask a lead to add you to a team.',
  away: 'Your company’s sign-in cannot be reached just now. Try again in a moment.',
} as const;

/** Whoever came for one handoff is led to it once it is known who it is. */
export function SignInPage(): ReactNode {
  const hash = useHash();
  const why = readNotLetIn(hash);
  return (
    <PlainPage
      title={why ? 'You are not let in' : 'You are not signed in'}
      action={
        <Button component="a" href={signInAddress(hash)}>
          Sign in
        </Button>
      }
    >
      {why ? WHY_NOT[why] : 'Sign in to see what waits for you.'}
    </PlainPage>
  );
}
