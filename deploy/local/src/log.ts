/** One line for a person to read. Programs read standard output's last line; these lines go to standard error. */
export type Log = (line: string) => void;

export const logToStderr: Log = (line) => void process.stderr.write(`${line}\n`);
export const silent: Log = () => undefined;
