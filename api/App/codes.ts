/** The codes of anonymous complaints that were shown or typed in: known to this page while it is open, and to nothing else on the device. */
export const codes = new Map<string, string>();
