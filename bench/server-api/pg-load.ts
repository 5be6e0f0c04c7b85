import pg from "pg";
import { measure, type Order, serveOrders } from "./load";
import { scenarioNamed } from "./scenarios";

/** PostgreSQL's own limit: the equivalent statement through `pg`, prepared, one at a time on each connection. */

const clients: pg.Client[] = [];

async function connectAll(order: Order): Promise<void> {
  while (clients.length < order.connections) {
    const client = new pg.Client({ connectionString: order.databaseUrl });
    await client.connect();
    clients.push(client);
  }
}

serveOrders(async (order) => {
  await connectAll(order);
  const { alone } = scenarioNamed(order.scenario);
  const { name, text } = alone;
  return measure(order, async (connection, number) => {
    await clients[connection]?.query({ name, text, values: alone.values(order, number) });
  });
});
