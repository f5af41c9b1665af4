export type Seconds = number;
export type Milliseconds = number;

export const seconds = (n: number): Seconds => n;
export const minutes = (n: number): Seconds => n * 60;
export const hours = (n: number): Seconds => n * 3600;
export const days = (n: number): Seconds => n * 86_400;
export const toMilliseconds = (n: Seconds): Milliseconds => n * 1000;

export const KIB = 1024;
export const MIB = 1024 * KIB;
