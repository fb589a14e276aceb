package org.sparkgrad.gpu.device;

/** A device is missing, too small, or failed. The message names the device and what the user can do. */
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
