// What is remembered between page views; where nothing may be stored, memory alone.

/** The stored object, or undefined where there is none or it may not be read. */
export const recall = <T>(area: "localStorage" | "sessionStorage", key: string): T | undefined => {
  try {
    return (JSON.parse(window[area].getItem(key) ?? "null") as T | null) ?? undefined;
  } catch {
    return undefined;
  }
};

/** Whether it could be stored. */
export const remember = (area: "localStorage" | "sessionStorage", key: string, value: unknown): boolean => {
  try {
    window[area].setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
};

export const forget = (area: "localStorage" | "sessionStorage", key: string): void => {
  try {
    window[area].removeItem(key);
  } catch {
    // Nothing is stored where nothing may be.
  }
};

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** 72 random bits as 12 characters of base64url. */
export const newId = (): string => {
  const bytes = new Uint8Array(12);
  try {
    crypto.getRandomValues(bytes);
  } catch {
    for (let i = 0; i < 12; i++) bytes[i] = Math.random() * 256;
  }
  return [...bytes].map((byte) => ALPHABET[byte & 63]).join("");
};
