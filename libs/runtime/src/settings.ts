/** The settings that every service has, whatever its own class is. */
export const SETTINGS = Symbol('Settings');
