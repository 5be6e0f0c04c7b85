/**
 * For tests against an installation, whatever runs them: an app or a run of their own, users, connected clients, webhooks, the
 * console's API and the Server API with types. `./playwright` makes fixtures of it. Needs nothing else of this repository.
 */

export type { ConsoleApiTypes, ServerApiTypes } from "./calls";
export type { Clock } from "./clock";
export { connectUser, type TestClient } from "./connected-client";
export { ConsoleApi } from "./console-api";
export { type Length, minutesOf } from "./lengths";
export { Refused } from "./refused";
export {
  askServerApi,
  askUntilAdmitted,
  type Keys,
  type ServerApi,
  type ServerApiAnswer,
  type ServerApiOptions,
  serverApi,
} from "./server-api";
export {
  type OperatorRole,
  type ScenarioName,
  type SeededScenario,
  type SignedInOperator,
  startTesting,
  type TestedApp,
  type Testing,
  type TestingOptions,
} from "./testing";
export type { NewUser, TestUser, Users } from "./users";
export type { ActivationStateData, ConnectionStatusData, FriendshipData } from "./webhook-data";
export { type ReceivedWebhook, startWebhookReceiver, type WebhookReceiver } from "./webhook-receiver";
