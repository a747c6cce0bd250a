using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace OneDoor.Identity.Migrations
{
    /// <inheritdoc />
    public partial class PeopleAdministration : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "DisabledBecause",
                schema: "identity",
                table: "people",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "OneTimePasswordUntil",
                schema: "identity",
                table: "people",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "person_events",
                schema: "identity",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor = table.Column<string>(type: "text", nullable: false),
                    person = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    details = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_person_events", x => x.number);
                });

            migrationBuilder.CreateIndex(
                name: "IX_person_events_person_number",
                schema: "identity",
                table: "person_events",
                columns: new[] { "person", "number" });

            // Audit, as in client_events: the function now says of which table it speaks.
            migrationBuilder.Sql(
                """
                CREATE OR REPLACE FUNCTION identity.refuse_change() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'identity.% is append-only', TG_TABLE_NAME; END $$;
                CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON identity.person_events
                FOR EACH STATEMENT EXECUTE FUNCTION identity.refuse_change();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "person_events",
                schema: "identity");

            migrationBuilder.DropColumn(
                name: "DisabledBecause",
                schema: "identity",
                table: "people");

            migrationBuilder.DropColumn(
                name: "OneTimePasswordUntil",
                schema: "identity",
                table: "people");
        }
    }
}
