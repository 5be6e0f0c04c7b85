/** A full load, so that nothing of the session stays in this browser's memory. */
export const leaveSignedOut = () => window.location.assign("/sign-in?reason=signed-out");
