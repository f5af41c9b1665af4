import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { describeError, isRefusal } from '../api/problem-error.js';
import { DECISION_WORDS } from '../decide/decision-words.js';
import { useKeys } from '../keys/use-keys.js';
import { openHandoff } from '../shell/use-route.js';
import { PacketLine } from '../text/packet-text.js';
import { useServerNow } from '../time/server-clock.js';
import type { HeldAnswer } from './held-answers.js';
import classes from './held-bar.module.css';
import { useHeldAnswers } from './use-held-answers.js';

/** Every answer that is about to be sent, in reach wherever its person is on the desk. */
export function HeldBar(): ReactNode {
  const { held, all } = useHeldAnswers();
  const takeBack = (answer: HeldAnswer | undefined): void | false => (answer && held.takeBack(answer.id) ? openHandoff(answer.id) : false);
  useKeys({ take_back: () => takeBack(all.findLast(({ state }) => state.kind === 'held')) });
  return (
    <section className={classes.bar} aria-label="Answers about to be sent" hidden={all.length === 0}>
      <ul className={classes.list}>
        {all.map((answer) => (
          <li key={answer.id}>
            <div className={classes.answer} role={answer.state.kind === 'failed' ? 'alert' : 'status'}>
              <span className={classes.what}>
                <strong>{DECISION_WORDS[answer.request.type].label}</strong> · <PacketLine text={answer.title} />
              </span>
              <State answer={answer} />
              {answer.state.kind !== 'sending' && (
                <span className={classes.buttons}>
                  {!(answer.state.kind === 'failed' && isRefusal(answer.state.error)) && (
                    <Button size="compact-sm" variant="default" onClick={() => void held.sendNow(answer.id)}>
                      {answer.state.kind === 'failed' ? 'Send again' : 'Send now'}
                    </Button>
                  )}
                  <Button size="compact-sm" onClick={() => void takeBack(answer)}>
                    {answer.state.kind === 'failed' ? 'Open it' : 'Take it back'}
                  </Button>
                </span>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function State({ answer: { state } }: { readonly answer: HeldAnswer }): ReactNode {
  if (state.kind === 'held') return <SecondsLeft sendAt={state.sendAt} />;
  if (state.kind === 'sending') return <span>Sending…</span>;
  return (
    <span>
      {isRefusal(state.error) ? 'Not recorded. ' : 'It is not known whether this was recorded; it is safe to send it again. '}
      <PacketLine text={describeError(state.error)} />
    </span>
  );
}

/** Seconds are for the eye: read out each second, they would drown everything else. */
function SecondsLeft({ sendAt }: { readonly sendAt: number }): ReactNode {
  useServerNow();
  return (
    <span>
      Is sent <span aria-hidden="true">in {Math.max(1, Math.ceil((sendAt - Date.now()) / 1000))} s</span>
      <span className="desk-hidden">in a few seconds</span>
    </span>
  );
}
