import type { ReactNode } from 'react';
import { describeError } from '../api/problem-error.js';
import { useMe } from '../api/use-desk.js';
import { HoldAnswers } from '../hold/use-held-answers.js';
import { Desk } from './desk.js';
import { MeContext } from './me-context.js';
import { PlainPage } from './plain-page.js';
import { SignInPage } from './sign-in-page.js';

export function App(): ReactNode {
  const me = useMe();
  if (me.isPending) return <PlainPage title="Opening the desk…" />;
  // whoever is at the desk stays there while its server is away: the header says so, and what was begun is kept
  if (me.data === undefined)
    return (
      <PlainPage title="The desk cannot be opened" onRetry={() => void me.refetch()}>
        {describeError(me.error)}
      </PlainPage>
    );
  if (me.data === null) return <SignInPage />;
  return (
    <MeContext value={me.data}>
      <HoldAnswers>
        <Desk me={me.data} />
      </HoldAnswers>
    </MeContext>
  );
}
