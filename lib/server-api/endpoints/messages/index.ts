import { sendDirectChannelMessage } from "./send-direct-channel-message";

/** Contract section 16. */
export const MESSAGE_ENDPOINTS = [sendDirectChannelMessage];
