import { expect, test } from "vitest";
import { strictTransport } from "./strict-transport";

test("https alone is demanded for the time to come where the console's address has it", () => {
  const own = { subdomains: false };
  expect(strictTransport("https://console.example.com", own)).toEqual([
    ["Strict-Transport-Security", "max-age=31536000"],
  ]);
  expect(strictTransport("http://localhost:3000", own)).toEqual([]);
  expect(strictTransport("http://localhost:3000", { subdomains: true })).toEqual([]);
});

test("and at its subdomains where the installation says that they are its own", () => {
  expect(strictTransport("https://console.example.com", { subdomains: true })).toEqual([
    ["Strict-Transport-Security", "max-age=31536000; includeSubDomains"],
  ]);
});
