/** Three of the people in policy.yaml; a sign-in link is printed for each. */
export const PEOPLE = ['ana', 'ben', 'chloe'] as const;
