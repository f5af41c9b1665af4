import type { Problem } from './desk-types.js';
import { ProblemError } from './problem-error.js';

/** Reads and writes the desk's API on its own origin, with the session's cookie. */
export const read = <T>(path: string, signal?: AbortSignal): Promise<T> => request<T>(path, signal ? { signal } : {});

/** `keepalive`: on its way although the page is being closed. */
export const send = <T>(path: string, body: object = {}, { keepalive = false, method = 'POST' } = {}): Promise<T> =>
  request<T>(path, {
    method,
    keepalive,
    // a page of another origin cannot set this header, so it cannot answer in somebody's name
    headers: { 'content-type': 'application/json', 'x-handoff-desk': '1' },
    body: JSON.stringify(body),
  });

async function request<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(`/desk/v1${path}`, { credentials: 'same-origin', ...init });
  if (!response.ok) throw new ProblemError(await readProblem(response));
  // the shapes are the notifier's own, released together with this page
  return (response.status === 204 ? undefined : await response.json()) as T;
}

async function readProblem(response: Response): Promise<Problem> {
  const unnamed: Problem = {
    title: response.statusText,
    status: response.status,
    detail: `The server answered ${response.status} without saying why. Try again, or tell whoever runs the desk.`,
    code: 'unnamed',
  };
  try {
    return { ...unnamed, ...((await response.json()) as Partial<Problem>), status: response.status };
  } catch {
    return unnamed; // a proxy's page, not ours
  }
}
