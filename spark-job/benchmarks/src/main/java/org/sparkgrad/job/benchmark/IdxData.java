package org.sparkgrad.job.benchmark;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Files of images, of which a fifth is no zero, and of labels: the tenth of the image that has the most ink. */
final class IdxData {
    private static final int MATRIX = 0x802;
    private static final int VECTOR = 0x801;
    private static final int CLASSES = 10;
    private static final int PIXELS = 256;
    private static final double INK = 0.2;

    private IdxData() {}

    /** Writes the files. */
    static void write(IngestCase data, Path folder) throws IOException {
        Files.createDirectories(folder);
        SplittableRandom random = new SplittableRandom(1);
        try (DataOutputStream images = open(folder.resolve("images"));
                DataOutputStream labels = open(folder.resolve("labels"))) {
            images.writeInt(MATRIX);
            images.writeInt(data.rows());
            images.writeInt(data.features());
            labels.writeInt(VECTOR);
            labels.writeInt(data.rows());
            for (int row = 0; row < data.rows(); row++) {
                int[] ink = new int[CLASSES];
                int most = 0;
                for (int j = 0; j < data.features(); j++) {
                    int pixel = random.nextDouble() < INK ? random.nextInt(PIXELS) : 0;
                    int part = (int) ((long) j * CLASSES / data.features());
                    ink[part] += pixel;
                    most = ink[part] > ink[most] ? part : most;
                    images.writeByte(pixel);
                }
                labels.writeByte(most);
            }
        }
        Files.createFile(folder.resolve(IngestSuite.WHOLE));
    }

    private static DataOutputStream open(Path file) throws IOException {
        return new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
    }
}
