import { listChannelTypeMute } from "./list-channel-type-mute";
import { setChannelTypeMute } from "./set-channel-type-mute";

/** Contract section 15. */
export const DIRECT_MUTE_ENDPOINTS = [setChannelTypeMute, listChannelTypeMute];
