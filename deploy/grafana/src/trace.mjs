import { PanelBuilder, TextBoxVariableBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/tempo';
import { board } from './panels.mjs';

const TEMPO = { type: 'tempo', uid: 'tempo' };

const asking = (builder, traceql) =>
  builder.datasource(TEMPO).span(24).withTarget(new DataqueryBuilder().refId('A').queryType('traceql').query(traceql));

/** One handoff, from its agent's publish to the feedback: found by its id, or by a trace that an exemplar leads to. */
export const trace = () =>
  board('handoff-trace', 'Handoff: one handoff’s trace', 'The desk shows both ids under References.', [
    [
      'Found by the handoff’s id',
      [
        asking(new TableBuilder(), '{ span.handoff.id = "$handoff_id" }')
          .title('Its traces')
          .description('The one in which it came, and one for each clock that fired hours later')
          .height(8),
      ],
    ],
    ['The trace', [asking(new PanelBuilder(), '$trace_id').type('traces').title('Every step').height(20)]],
  ])
    .withVariable(new TextBoxVariableBuilder('handoff_id').label('Handoff'))
    .withVariable(new TextBoxVariableBuilder('trace_id').label('Trace'));
