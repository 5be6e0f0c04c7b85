import { getUserConnectionStatus } from "./get-connection-status";

/** Contract section 9. */
export const STATUS_ENDPOINTS = [getUserConnectionStatus];
