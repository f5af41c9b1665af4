import type { HandoffId } from '@handoff/contracts';
import { Menu } from '@mantine/core';
import { use, type ReactNode } from 'react';
import { MeContext } from '../shell/me-context.js';
import { routeToPage } from '../shell/read-route.js';

/** What is kept of a handoff, for leads and admins: who did and saw what, and all of it as one signed file. */
export function RecordItems({ id }: { readonly id: HandoffId }): ReactNode {
  const me = use(MeContext);
  return (
    <>
      <Menu.Item component="a" href={routeToPage('audit', new URLSearchParams({ handoff_id: id }))}>
        Audit
      </Menu.Item>
      {me?.signs_evidence && (
        <Menu.Item component="a" href={`/desk/v1/handoffs/${id}/evidence`} download>
          Evidence
        </Menu.Item>
      )}
    </>
  );
}
