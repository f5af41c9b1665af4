/** Loaded before a service: its wall clock is off by FAULT_CLOCK_MS, its monotonic one is not. */
const OFF = Number(process.env.FAULT_CLOCK_MS ?? 0);
const Right = globalThis.Date;

globalThis.Date = class Date extends Right {
  constructor(...parts) {
    if (parts.length === 0) super(Right.now() + OFF);
    else super(...parts);
  }

  static now() {
    return Right.now() + OFF;
  }
};
