/**
 * Counts the rules by which facts come to statuses, and the shapes in which these are stored. Whoever changes what any history, state or plan row comes
 * to raises it: then every repository is derived again, once, after the update. `rules-edition.test.ts` notices who forgets.
 */
export const rulesEdition = 2;
