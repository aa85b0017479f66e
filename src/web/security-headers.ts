/** What every answer carries, errors included. Pages that need more (a form, a style) widen the content policy for themselves. */
export function securityHeaders(publicUrl: string | null): Readonly<Record<string, string>> {
  return {
    "content-security-policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-permitted-cross-domain-policies": "none",
    "cache-control": "no-store",
    // Sent over plain HTTP it would be ignored, and behind a proxy only the public address says that TLS is there.
    ...(publicUrl?.startsWith("https:") ? { "strict-transport-security": "max-age=31536000" } : {}),
  };
}
