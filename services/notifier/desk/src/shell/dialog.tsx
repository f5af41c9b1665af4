import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';

interface DialogProps {
  readonly title: string;
  readonly opened?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Lies over the page until it is closed. */
export function Dialog({ title, opened = true, onClose, children }: DialogProps): ReactNode {
  return (
    <Modal.Root opened={opened} onClose={onClose} centered>
      <Modal.Overlay />
      <Modal.Content>
        {/* a plain element: a second page header would be announced as one */}
        <Modal.Header component="div">
          <Modal.Title>{title}</Modal.Title>
          <Modal.CloseButton aria-label="Close" />
        </Modal.Header>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
