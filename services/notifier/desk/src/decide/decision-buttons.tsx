import type { DecisionType } from '@handoff/contracts';
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { DECISION_ORDER, DECISION_WORDS } from './decision-words.js';
import classes from './decision-buttons.module.css';

interface DecisionButtonsProps {
  readonly allowed: readonly DecisionType[];
  readonly onStart: (type: DecisionType) => void;
  /** What can be done instead. */
  readonly children?: ReactNode;
}

/** Each opens a panel; none decides. */
export function DecisionButtons({ allowed, onStart, children }: DecisionButtonsProps): ReactNode {
  return (
    <div className={classes.buttons}>
      {DECISION_ORDER.filter((type) => allowed.includes(type)).map((type) => (
        <Button
          key={type}
          variant={type === 'approve' ? 'filled' : 'default'}
          data-decision={type}
          aria-keyshortcuts={DECISION_WORDS[type].key}
          title={`Key: ${DECISION_WORDS[type].key}`}
          onClick={() => onStart(type)}
        >
          {DECISION_WORDS[type].label}
        </Button>
      ))}
      {children}
    </div>
  );
}
