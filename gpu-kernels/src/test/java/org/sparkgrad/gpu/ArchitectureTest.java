package org.sparkgrad.gpu;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.sparkgrad.gpu", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule KNOWS_NO_SPARK =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("org.apache.spark..", "org.sparkgrad.job..");

    @ArchTest
    static final ArchRule APARAPI_STAYS_AT_THE_DEVICE = noClasses()
            .that()
            .resideOutsideOfPackages("..gpu.kernel..", "..gpu.device..", "..gpu.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.aparapi..");

    @ArchTest
    static final ArchRule OPENBLAS_STAYS_ON_THE_PROCESSOR = noClasses()
            .that()
            .resideOutsideOfPackages("..gpu.cpu..", "..gpu.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bytedeco..");

    @ArchTest
    static final ArchRule NATIVE_CALLS_STAY_AT_DEVICE_AND_PROCESSOR = noClasses()
            .that()
            .resideOutsideOfPackages("..gpu.device..", "..gpu.cpu..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.sun.jna..");

    /** block, then loss, kernel, device and cpu, engine: each sees only those before it. */
    @ArchTest
    static final ArchRule PACKAGES_LOOK_BACK = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("block")
            .definedBy("..gpu.block..")
            .layer("loss")
            .definedBy("..gpu.loss..")
            .layer("kernel")
            .definedBy("..gpu.kernel..")
            .layer("device")
            .definedBy("..gpu.device..")
            .layer("cpu")
            .definedBy("..gpu.cpu..")
            .layer("engine")
            .definedBy("..gpu.engine..")
            .whereLayer("engine")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("device")
            .mayOnlyBeAccessedByLayers("engine")
            .whereLayer("cpu")
            .mayOnlyBeAccessedByLayers("engine")
            .whereLayer("kernel")
            .mayOnlyBeAccessedByLayers("device", "engine")
            .whereLayer("loss")
            .mayOnlyBeAccessedByLayers("kernel", "device", "engine")
            .whereLayer("block")
            .mayOnlyBeAccessedByLayers("loss", "kernel", "device", "engine");
}
