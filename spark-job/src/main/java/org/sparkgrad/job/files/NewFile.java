package org.sparkgrad.job.files;

import static org.apache.hadoop.fs.CommonConfigurationKeysPublic.IO_FILE_BUFFER_SIZE_DEFAULT;
import static org.apache.hadoop.fs.CommonConfigurationKeysPublic.IO_FILE_BUFFER_SIZE_KEY;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Creates files with the default permissions of their file system. For a local file, Hadoop's shorter methods ask for
 * these permissions explicitly, and without its native library Hadoop then starts a process, {@code chmod}, for each
 * file. Here the umask of this process decides.
 */
public final class NewFile {
    private NewFile() {}

    /**
     * Creates a file and its folders.
     *
     * @param overwrite whether an existing file is replaced; else it is an error
     */
    public static FSDataOutputStream create(FileSystem files, Path file, boolean overwrite) throws IOException {
        return files.create(
                file,
                null,
                overwrite,
                files.getConf().getInt(IO_FILE_BUFFER_SIZE_KEY, IO_FILE_BUFFER_SIZE_DEFAULT),
                files.getDefaultReplication(file),
                files.getDefaultBlockSize(file),
                null);
    }
}
