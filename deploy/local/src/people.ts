/** Three of the people in policy.yaml; those who answer in a run without a person. */
export const PEOPLE = ['ana', 'ben', 'chloe'] as const;
