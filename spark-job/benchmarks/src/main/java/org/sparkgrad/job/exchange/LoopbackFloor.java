package org.sparkgrad.job.exchange;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * What the bytes of a step cost the machine alone: blocking sockets on loopback, a thread for each worker and one for the
 * driver, floats down and doubles up from arrays that are ready, nothing read or added.
 */
final class LoopbackFloor implements AutoCloseable {
    private static final int PIECE = 256 << 10;

    private final List<Socket> sockets = new ArrayList<>();
    private final byte[] piece = new byte[PIECE];
    private final int numbers;

    private LoopbackFloor(int workers, int numbers) throws IOException {
        this.numbers = numbers;
        try (ServerSocket server = new ServerSocket(0, workers, InetAddress.getLoopbackAddress())) {
            for (int w = 0; w < workers; w++) {
                Socket worker = new Socket(server.getInetAddress(), server.getLocalPort());
                worker.setTcpNoDelay(true);
                Thread thread = new Thread(() -> answer(worker), "loopback-floor-" + w);
                thread.setDaemon(true);
                thread.start();
                Socket accepted = server.accept();
                accepted.setTcpNoDelay(true);
                sockets.add(accepted);
            }
        }
    }

    private void answer(Socket worker) {
        byte[] own = new byte[PIECE];
        try (worker) {
            while (true) {
                receive(worker, own, Float.BYTES * (long) numbers);
                send(worker, own, Double.BYTES * (long) numbers);
            }
        } catch (IOException closed) {
            return; // the driver is done
        }
    }

    private void step() throws IOException {
        for (Socket socket : sockets) {
            send(socket, piece, Float.BYTES * (long) numbers);
        }
        for (Socket socket : sockets) {
            receive(socket, piece, Double.BYTES * (long) numbers);
        }
    }

    private static void send(Socket to, byte[] from, long bytes) throws IOException {
        for (long left = bytes; left > 0; left -= from.length) {
            to.getOutputStream().write(from, 0, (int) Math.min(left, from.length));
        }
    }

    private static void receive(Socket from, byte[] into, long bytes) throws IOException {
        DataInputStream in = new DataInputStream(from.getInputStream());
        for (long left = bytes; left > 0; left -= into.length) {
            in.readFully(into, 0, (int) Math.min(left, into.length));
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** Returns the milliseconds of each step. */
    static double[] millis(int workers, int numbers, int steps) throws IOException {
        double[] millis = new double[steps];
        try (LoopbackFloor floor = new LoopbackFloor(workers, numbers)) {
            for (int step = -steps / 5; step < steps; step++) {
                long start = System.nanoTime();
                floor.step();
                if (step >= 0) {
                    millis[step] = (System.nanoTime() - start) / 1e6;
                }
            }
        }
        return millis;
    }
}
