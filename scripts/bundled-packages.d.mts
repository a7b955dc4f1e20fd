export function checkLicence(name: string, license: string | undefined, texts: readonly string[]): void;
