import { board, graph, maximum, number, query, rate } from './panels.mjs';

/** When to ask: what is advised, how often that was wrong, and whether the model still says what comes. */
export const model = () =>
  board(
    'handoff-model',
    'Handoff: the model of when to ask',
    'services/feedback/README.md says how it is learned, judged and rolled back.',
    [
      [
        'Now',
        [
          number(
            'Out of calibration',
            '1: what came is farther from what was said than chance explains',
            'short',
            query('max(handoff_model_out_of_calibration)'),
          ),
          number(
            'Calibration error',
            'Of the model that answers, on what came after it was made',
            'percentunit',
            query('max(handoff_model_calibration_error)'),
          ),
          number('Last training took', 'In a thread of its own', 's', query('max(handoff_model_training_seconds)')),
        ],
      ],
      [
        'Advice',
        [
          graph(
            'Advised',
            'By the answer, and what decided; per second',
            'reqps',
            query(rate('handoff_advices_total', ['ask', 'by']), 'ask {{ask}}, by {{by}}'),
          ),
          graph(
            'Both errors',
            'Of those told to go on alone, the share that failed; of those told to ask, the share that need not have been',
            'percentunit',
            query(maximum('handoff_advice_error_rate', ['error']), '{{error}}'),
          ),
        ],
      ],
      [
        'Models',
        [
          graph(
            'Which one answers',
            'And its challenger',
            'short',
            query(maximum('handoff_model_info', ['version', 'state']), '{{state}} {{version}}'),
          ),
          graph(
            'Labels',
            'Was asking right, and who says so; per second',
            'reqps',
            query(rate('handoff_feedback_labels_total', ['verdict', 'source']), '{{verdict}} by {{source}}'),
          ),
        ],
      ],
    ],
  );
