import { useState, type ReactNode } from 'react';
import { foldText, type FoldLimits } from './fold-text.js';
import classes from './packet-text.module.css';
import { labelMark, showHidden, splitHidden, writePiece, type TextPiece } from './split-hidden.js';

/** Text that an agent wrote, on one line of ours. It is hostile: only ever text, with what is hidden in it made visible. */
export function PacketLine({ text }: { readonly text: string }): ReactNode {
  const pieces = splitHidden(text);
  return (
    <bdi className={classes.line} dir="ltr">
      {pieces.length > MOST_MARKED ? pieces.map(writePiece).join('') : pieces.map(showPiece)}
    </bdi>
  );
}

/** Above this many pieces, labels are not coloured: tens of thousands of elements would stop the page for seconds. */
const MOST_MARKED = 500;

const showPiece = (piece: TextPiece, index: number): ReactNode =>
  piece.kind === 'text' ? (
    piece.text
  ) : (
    <span key={index} className={classes.mark} title="A character that is normally invisible">
      {labelMark(piece)}
    </span>
  );

interface PacketTextProps {
  readonly text: string;
  readonly limits?: FoldLimits;
  /** What the text is, for the button that unfolds it. */
  readonly of: string;
  readonly mono?: boolean;
}

/** The same as a block that keeps its lines, wraps anywhere, and is folded where it is long. */
export function PacketText({ text, limits, of, mono = false }: PacketTextProps): ReactNode {
  const [open, setOpen] = useState(false);
  const folded = foldText(text, limits);
  return (
    <div className={mono ? `${classes.block} ${classes.mono}` : classes.block}>
      <PacketLine text={open ? text : folded.shown} />
      {folded.total !== null && (
        <>
          {!open && '…'}
          <button type="button" className={classes.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Show less' : `Show all ${folded.total.toLocaleString('en')} characters`}
            <span className="desk-hidden"> of {showHidden(of)}</span>
          </button>
        </>
      )}
    </div>
  );
}
