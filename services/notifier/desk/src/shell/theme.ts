import { createTheme, type CSSVariablesResolver } from '@mantine/core';

export const theme = createTheme({
  primaryColor: 'desk',
  primaryShade: { light: 7, dark: 6 },
  colors: {
    // 4 draws the borders of fields, which must be seen (3:1); Mantine's own are fainter
    gray: ['#f7f9fa', '#f0f3f5', '#e6eaee', '#dde2e7', '#848f9b', '#77828e', '#66717d', '#55616d', '#333d47', '#1a2129'],
    dark: ['#e4e9ee', '#c5cdd5', '#a2adb8', '#8b96a2', '#6f7b88', '#333c46', '#1f252c', '#181d23', '#12161b', '#0f1317'],
    desk: ['#eef5fa', '#d9e8f3', '#b5d2e6', '#8dbad8', '#6ba5cc', '#4a90be', '#2d73a3', '#1f5f8b', '#184c70', '#103954'],
  },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  headings: { fontWeight: '650' },
  defaultRadius: 'md',
  focusRing: 'auto',
});

/** Mantine's own grey and red for small text are below 4.5:1; the page's are above it in both schemes. */
const readable = {
  '--mantine-color-body': 'var(--desk-surface)',
  '--mantine-color-text': 'var(--desk-text)',
  '--mantine-color-dimmed': 'var(--desk-muted)',
  '--mantine-color-placeholder': 'var(--desk-muted)',
  '--mantine-color-error': 'var(--desk-danger-text)',
  '--mantine-color-default-border': 'var(--desk-control)',
  '--mantine-color-default': 'var(--desk-surface)',
};

export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: readable, dark: readable });
