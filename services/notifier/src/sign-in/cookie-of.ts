/** No script reads it. `lax`, as the way back from the identity provider begins at another site. */
export const cookieOf = (deskUrl: string) => ({ httpOnly: true, sameSite: 'lax', secure: deskUrl.startsWith('https:') }) as const;
