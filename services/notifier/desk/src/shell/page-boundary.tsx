import { Button } from '@mantine/core';
import { Component, Suspense, type ReactNode } from 'react';
import { Absent } from '../handoff/section.js';
import { Notice } from './notice.js';
import { Subpage } from './subpage.js';

interface PageBoundaryProps {
  readonly children: ReactNode;
}

/** A page that cannot be loaded or shown, as behind an upgrade, takes nothing else of the desk with it. */
export class PageBoundary extends Component<PageBoundaryProps, { readonly failed: boolean }> {
  override readonly state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (this.state.failed) return <Failed />;
    return <Suspense fallback={<Loading />}>{this.props.children}</Suspense>;
  }
}

const Loading = (): ReactNode => (
  <Subpage title="Loading…">
    <Absent>The page is on its way.</Absent>
  </Subpage>
);

const Failed = (): ReactNode => (
  <Subpage title="This page cannot be shown">
    <Notice tone="danger" title="A part of the desk is missing" live>
      The desk may have been upgraded meanwhile. Load it anew; the queue is still there.
    </Notice>
    <div>
      <Button onClick={() => window.location.reload()}>Load the desk anew</Button>
    </div>
  </Subpage>
);
