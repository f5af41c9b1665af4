/** SQL that writes an instant in UTC to the millisecond, as on the topics. */
export const rfc3339 = (instant: string): string => `to_char(${instant} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
