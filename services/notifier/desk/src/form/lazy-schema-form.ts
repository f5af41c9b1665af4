import { lazy } from 'react';

/** Loaded when a form is first wanted: most answers need none. */
export const SchemaForm = lazy(async () => ({ default: (await import('./schema-form.js')).SchemaForm }));
