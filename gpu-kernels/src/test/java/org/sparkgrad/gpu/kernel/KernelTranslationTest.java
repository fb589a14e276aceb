package org.sparkgrad.gpu.kernel;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.aparapi.Kernel;
import com.aparapi.internal.model.ClassModel;
import com.aparapi.internal.writer.KernelWriter;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Translates every kernel of the package to OpenCL C; needs no device. */
class KernelTranslationTest {
    static Stream<Class<?>> kernels() {
        List<Class<?>> classes = new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(KernelTranslationTest.class.getPackageName())
                        .stream()
                        .filter(type -> !type.getSimpleName().equals("package-info"))
                        .<Class<?>>map(JavaClass::reflect)
                        .toList();
        return classes.stream();
    }

    @Test
    void thePackageHasKernels() {
        assertFalse(kernels().toList().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void holdsNothingButKernels(Class<?> type) {
        assertTrue(Kernel.class.isAssignableFrom(type));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void translatesToOpenCl(Class<?> type) throws Exception {
        assumeFalse(Modifier.isAbstract(type.getModifiers()), "translated as part of its subclasses");
        String source =
                KernelWriter.writeToString(ClassModel.createClassModel(type).getEntrypoint("run", null));
        assertTrue(source.contains("__kernel void run("), source);
    }
}
