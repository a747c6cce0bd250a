/** The codes of anonymous complaints and of tickets that were shown or typed in, by what they open: known to this page while it is open, and to nothing else on the device. */
export const codes = new Map<string, string>();
