/**
 * The command line of the embedded server. Given at each start instead of written to postgresql.conf, so that a newer Plankeeper
 * changes them for existing data too. It listens on loopback alone; a socket's path could be too long for the system (107 bytes).
 */
export function serverArguments(folder: string, options: { readonly port: number; readonly durable: boolean }): readonly string[] {
  const settings = {
    ...always,
    ...(process.platform === "linux" ? onLinux : {}),
    ...(options.durable ? {} : careless),
    port: options.port,
  };
  return ["-D", folder, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
}

const always = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: 200,
  password_encryption: "scram-sha-256",
  timezone: "UTC",
  log_timezone: "UTC",
  jit: "off",
  // A client that is stopped or cut off must not hold a lane's lock for ever.
  idle_in_transaction_session_timeout: "30s",
  tcp_keepalives_idle: 30,
  tcp_keepalives_interval: 10,
  tcp_keepalives_count: 3,
  // A week of logs below the data: nobody reads our standard error once we are gone.
  logging_collector: "on",
  log_filename: "postgres-%a.log",
  log_truncate_on_rotation: "on",
  log_rotation_age: "1d",
  log_rotation_size: 0,
};

// Other systems refuse to start with it.
const onLinux = { client_connection_check_interval: "5s" };

// For tests and demonstrations: a power cut may leave nothing readable.
const careless = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };
