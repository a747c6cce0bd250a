using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace OneDoor.Migrations
{
    /// <inheritdoc />
    public partial class ClientEvents : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "client_events",
                schema: "identity",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor = table.Column<string>(type: "text", nullable: false),
                    client_id = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    details = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_client_events", x => x.number);
                });

            migrationBuilder.CreateIndex(
                name: "IX_client_events_client_id_number",
                schema: "identity",
                table: "client_events",
                columns: new[] { "client_id", "number" });

            // Audit: rows are added and read, nothing else. Not even by this server, should it be taken over.
            migrationBuilder.Sql(
                """
                CREATE FUNCTION identity.refuse_change() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'identity.client_events is append-only'; END $$;
                CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON identity.client_events
                FOR EACH STATEMENT EXECUTE FUNCTION identity.refuse_change();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "client_events",
                schema: "identity");
            migrationBuilder.Sql("DROP FUNCTION identity.refuse_change()");
        }
    }
}
