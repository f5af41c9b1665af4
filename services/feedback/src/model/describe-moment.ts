import type { Moment } from './cases.js';
import { ownTraits } from './own-traits.js';
import { pathTraits } from './path-traits.js';
import { actionOf } from './seen-action.js';
import { signTraits } from './sign-traits.js';
import type { Trait } from './trait.js';
import { whoTraits } from './who-traits.js';
import { wordTraits } from './word-traits.js';

/** Everything that the model sees of a moment. */
export function describeMoment({ packet, features }: Moment): readonly Trait[] {
  return [
    ...whoTraits(features),
    ...ownTraits(packet),
    ...signTraits(features),
    ...pathTraits(packet, features),
    ...wordTraits(actionOf(packet), packet),
  ];
}
