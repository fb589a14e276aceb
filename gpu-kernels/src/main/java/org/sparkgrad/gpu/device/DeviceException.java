package org.sparkgrad.gpu.device;

/** A device that is missing, too small, or failed; the message names it and says what to do. */
public final class DeviceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message device, sizes and what to do */
    public DeviceException(String message) {
        super(message);
    }

    /**
     * @param message device, sizes and what to do
     * @param cause what the device's library reported
     */
    public DeviceException(String message, Throwable cause) {
        super(message, cause);
    }
}
