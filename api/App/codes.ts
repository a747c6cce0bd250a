/** The codes of anonymous complaints and of tickets that were shown or typed in, by what they open: known to this page while it is open, and to nothing else on the device. */
export const codes = new Map<string, string>();

/** Codes that were given just now, by the complaint: they stay on the screen, whatever page it shows, until somebody says that they have kept them. */
export const fresh = new Map<string, string>();

// Whoever leaves before that is asked once more.
addEventListener('beforeunload', (event) => { if (fresh.size > 0) event.preventDefault(); });
