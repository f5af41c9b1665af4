import type { ReactNode } from 'react';
import type { DeskDetail } from '../api/desk-types.js';
import { DecisionBar } from '../decide/decision-bar.js';
import { Notice } from '../shell/notice.js';
import { AttemptsSection } from './attempts-section.js';
import { HistorySection } from '../history/history-section.js';
import { ThreadSection } from '../moves/thread-section.js';
import { WaitingNotices } from '../moves/waiting-notices.js';
import { CriteriaSection, DeliverySection } from './delivery-section.js';
import { EarlierDecisions } from './earlier-decisions.js';
import { EndedNotice } from './ended-notice.js';
import { HandoffFacts } from './handoff-facts.js';
import { HandoffHeader } from './handoff-header.js';
import classes from './handoff-view.module.css';
import { LinksSection } from './links-section.js';
import { MoreSection } from './more-section.js';
import { OwnDecisionsSection } from './own-decisions-section.js';
import { ReasonSection } from './reason-section.js';
import { RecommendationSection } from './recommendation-section.js';
import { RelatedNotice } from './related-notice.js';
import { RequestSection } from './request-section.js';
import { StateSection } from './state-section.js';
import { StepsSection } from './steps-section.js';
import { TermsSection } from './terms-section.js';
import { TransferSection } from './transfer-section.js';
import { VersionChanges } from './version-changes.js';

interface HandoffViewProps {
  readonly detail: DeskDetail;
  /** The last refresh failed; what is shown is from before. */
  readonly stale: boolean;
  readonly onBack: () => void;
  readonly onDecided: () => void;
}

/** The whole packet on one screen, in the order in which a person takes it up: what is wanted, what is asked, what is known. */
export function HandoffView({ detail, stale, onBack, onDecided }: HandoffViewProps): ReactNode {
  const { packet } = detail;
  return (
    <>
      <HandoffHeader detail={detail} onBack={onBack} />
      {/* in the order of Tab, so that it scrolls by keys also where nothing in it can have the focus */}
      <div className={classes.scroll} role="region" aria-label="Packet" tabIndex={0}>
        <div className={classes.columns}>
          <div className={classes.packet}>
            {stale && (
              <Notice tone="warn" title="This may be old" live>
                The last refresh failed. The desk keeps trying.
              </Notice>
            )}
            <EndedNotice detail={detail} />
            <WaitingNotices detail={detail} />
            <RelatedNotice detail={detail} />
            <RequestSection packet={packet} />
            {packet.delegation ? (
              <>
                <DeliverySection packet={packet} />
                <OwnDecisionsSection terms={detail.terms} />
                <CriteriaSection packet={packet} />
                <TermsSection packet={packet} terms={detail.terms} hasEnded={detail.state === 'ended'} />
              </>
            ) : (
              <>
                <ReasonSection packet={packet} />
                <TransferSection packet={packet} />
                <RecommendationSection packet={packet} />
              </>
            )}
            <ThreadSection detail={detail} />
            <EarlierDecisions detail={detail} />
            <VersionChanges key={detail.packet_version} detail={detail} />
            {!packet.delegation?.delivery && <StateSection packet={packet} />}
            <StepsSection packet={packet} />
            <AttemptsSection packet={packet} />
            <LinksSection packet={packet} />
            <MoreSection packet={packet} />
            <HistorySection key={detail.handoff_id} detail={detail} />
          </div>
          <HandoffFacts detail={detail} />
        </div>
      </div>
      <DecisionBar detail={detail} onDecided={onDecided} />
    </>
  );
}
