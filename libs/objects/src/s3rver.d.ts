/** What of it the tests use; it comes without types. */
declare module 's3rver' {
  class S3rver {
    constructor(options: { readonly port: number; readonly address: string; readonly silent: boolean; readonly directory: string });
    run(): Promise<{ readonly port: number }>;
    close(): Promise<void>;
  }
  export = S3rver;
}
